"""Letters to holders, kept beside private/'s people until the office has sent them."""
