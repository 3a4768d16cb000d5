"""Who pays: what each ally and each group costs alone, what all cost together, and divisions that no group betters."""
