#!/usr/bin/python3
"""Stands for pgdoctor, whose source no package client brings: asks Pgpool-II as its configuration says, over libpq."""
import http.server
import subprocess
import sys

lines = [line.strip() for line in open(sys.argv[1], encoding="utf-8") if "=" in line and not line.startswith('"')]
settings = dict(line.split(" = ", 1) for line in lines)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        command = ["psql", "-XAtw", "-h", settings["pg_host"], "-p", settings["pg_port"], "-U", settings["pg_user"]]
        asked = subprocess.run(command + ["-d", settings["pg_database"], "-c", "SELECT 1"], capture_output=True, check=False)
        self.send_response(200 if asked.stdout == b"1\n" else 500)
        self.end_headers()

    def log_message(self, *_):
        pass


http.server.HTTPServer(("127.0.0.1", int(settings["http_port"])), Handler).serve_forever()
