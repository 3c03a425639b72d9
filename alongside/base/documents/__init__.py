"""Fixed copies of papers as issued, and drafts of what somebody is still typing."""
