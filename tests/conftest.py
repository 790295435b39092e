"""What every floor's tests share."""
