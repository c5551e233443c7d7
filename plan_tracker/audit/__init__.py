"""Who did what to which record, when and from where: the audit trail. Imports only the kit."""
