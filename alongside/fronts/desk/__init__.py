"""The pages that gather from every area: home, Today, find, and the pupil at a glance."""
