"""What the AWS provider makes of policy documents: blocks to statements, merges, JSON; whoever has the blocks."""
