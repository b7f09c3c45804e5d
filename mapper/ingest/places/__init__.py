"""Records to their places: by coordinates, postcode, venue, or a geocoder asked last."""
