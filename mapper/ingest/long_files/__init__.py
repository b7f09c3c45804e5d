"""Files too long to hold: records laid aside, read ahead, and told of as they go."""
