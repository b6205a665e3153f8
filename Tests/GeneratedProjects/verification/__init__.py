"""What the checks of every layout share: commands, tools, servers, containers, the report."""
