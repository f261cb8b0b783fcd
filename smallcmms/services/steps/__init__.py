"""Steps that several verbs share; they take the session of the change under way."""
