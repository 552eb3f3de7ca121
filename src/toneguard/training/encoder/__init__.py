"""The encoder of the tier "accurate": one small transformer with a head per question, fine-tuned jointly."""
