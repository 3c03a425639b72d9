"""What MIS and the services between them hand out: JSON pages of students, and entity tables."""
