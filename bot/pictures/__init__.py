"""Pictures that were sent as files, without what they tell besides what is to be seen; it knows no other room."""
