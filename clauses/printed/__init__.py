"""Pages for paper and files: a clause record, a change set and a platform as PDF, made from what their twins say."""
