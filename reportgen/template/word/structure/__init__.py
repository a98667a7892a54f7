"""What must stay true of a part whatever its blocks print: cells with paragraphs, tables with rows and a grid."""
