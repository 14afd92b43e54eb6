"""What the AWS provider adds to what is written: computed attributes, policy documents, known data sources."""
