"""The types handed from stage to stage; they know nothing of the stages."""
