"""A stand-in for the server until it is there."""
import json, mimetypes, sys
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from toneguard import Pipeline
from toneguard.rules.load import builtin_rules, to_dict
STATIC = Path(__file__).resolve().parents[2] / "src/toneguard/server/static"
PIPELINE = Pipeline()
def utf16(node, text):
    if isinstance(node, dict):
        if set(node) == {"start", "end"}:
            return {k: len(text[:v].encode("utf-16-le", "surrogatepass")) // 2 for k, v in node.items()}
        return {k: utf16(v, text) for k, v in node.items()}
    return [utf16(v, text) for v in node] if isinstance(node, list) else node
class Handler(BaseHTTPRequestHandler):
    def answer(self, status, body, kind="application/json"):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status); self.send_header("Content-Type", kind); self.send_header("Content-Length", str(len(body))); self.end_headers(); self.wfile.write(body)
    def do_GET(self):
        path = self.path.split("?")[0]
        if path.startswith("/v1/rules/"):
            rule = builtin_rules().get(path[10:]); return self.answer(200 if rule else 404, to_dict(rule) if rule else {"error": {}})
        file = STATIC / ("index.html" if path == "/" else path.removeprefix("/static/"))
        if not file.is_file(): return self.answer(404, {"error": {}})
        self.answer(200, file.read_bytes(), {".js": "text/javascript"}.get(file.suffix) or mimetypes.guess_type(file.name)[0])
    def do_POST(self):
        d = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        review = PIPELINE.review(d["draft"], role=d["role"], before=[(m["role"], m["text"]) for m in d["before"]])
        self.answer(200, utf16(review.to_dict(), d["draft"]))
    def log_message(self, *a): pass
if __name__ == "__main__": ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
