"""What the bot talks to: Matrix, the clock, the terminal."""
