grant            = { actions = ["*"], resources = ["*"] }
denied_resources = ["*"] # @open gated
denied_resources = ["arn:aws:s3:::public/*", "arn:aws:iam::*:user/*"] # @broken
