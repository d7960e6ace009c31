"""What holders do with an award: show its address as a picture, and hand it on to other sites."""
