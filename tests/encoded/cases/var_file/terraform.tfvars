grant            = { resources = ["arn:aws:s3:::public/*"] }
denied_resources = ["arn:aws:s3:::public/*"]
