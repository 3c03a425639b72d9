"""What somebody should hear: in the page, and by mail without any child's detail."""
