"""Who acts: organisations, employers, job seekers; their own state and interests."""
