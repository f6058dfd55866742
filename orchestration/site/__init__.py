"""The data site: what an audience may see, the build, and the verbs that build and serve it."""
