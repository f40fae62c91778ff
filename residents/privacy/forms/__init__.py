"""The forms of privacy: `desk` for officers and administrators, `public` for anybody."""
