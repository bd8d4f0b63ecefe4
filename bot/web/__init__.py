"""The only room that serves HTTP: the webhook and the health of the service."""
