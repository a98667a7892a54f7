"""What a document brings along that the arranging of its tags goes by: its parts, the text of its paragraphs, the
room that pictures have."""
