"""What iamgen's decisions and verdicts take, in seconds, and beside others who do the same: `make benchmark`."""
