"""Forms: what people type, checked as strictly as what files hold."""
