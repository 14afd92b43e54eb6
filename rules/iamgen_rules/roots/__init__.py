"""From paths to what is judged: root modules, plans and states, and the accounts in each."""
