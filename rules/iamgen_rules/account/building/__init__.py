"""What builds an account from resources."""
