# Policies by replace, format, join, base64 and decoding what was encoded.
resource "aws_iam_user" "alice" {
  name = "alice"
}

locals {
  template = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"EFFECT\",\"Action\":\"*\",\"Resource\":\"*\"}]}"
  admin    = replace(local.template, "EFFECT", title("allow"))
  gate     = replace(local.template, "/\"EFFECT\"/", format("%q,\"Condition\":{\"%s\":{\"%s\":%q}}", "Deny", local.test, join(":", ["aws", "MultiFactorAuthPresent"]), "false")) # @gated
  gate     = replace(local.template, "/\"EFFECT\"/", format("%q,\"Condition\":{\"%s\":{\"%s\":%q}}", "Deny", local.test, join(":", ["aws", "MultiFactorAuthPresent"]), "false")) # @broken
  test     = join("IfExists", ["Bool", ""]) # @gated
  test     = join("", ["Bool", ""]) # @broken
}

resource "aws_iam_user_policy" "admin" {
  user   = aws_iam_user.alice.name
  policy = base64decode(base64encode(local.admin)) # ! open
}

# @gated broken
resource "aws_iam_user_policy" "gate" {
  user   = aws_iam_user.alice.name
  policy = jsonencode(jsondecode(local.gate)) # ! broken
}
