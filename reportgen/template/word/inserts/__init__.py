"""Documents that are put in where a tag stands: 插入('片段.docx') and Document(path)."""
