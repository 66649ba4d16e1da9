"""The regional table: agreements in force, and what each organisation may know."""
