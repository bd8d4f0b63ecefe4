"""Pictures and films without what they tell besides what is to be seen and heard; it knows no other room."""
