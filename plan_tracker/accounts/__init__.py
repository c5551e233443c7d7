"""Who signs in: users, sign-in and passwords. Imports only the kit."""
