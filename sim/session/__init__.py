"""What a live session needs beside the model: seats in which people answer."""
