"""The imperative shell: one inbox row in one transaction, the outbox sent in order, the timers that fall due."""
