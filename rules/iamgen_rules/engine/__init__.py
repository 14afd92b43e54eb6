"""Rules to findings: merged at their causes, silenced where somebody says why, compared with a baseline."""
