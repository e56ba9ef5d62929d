"""A mail server of Debian's (python3-aiosmtpd) that does to each address what its name says. Prints its port, and then a
line of JSON for each mail it took."""

import asyncio
import json
import sys
from collections import Counter
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP


class Moods:
    def __init__(self):
        self.tries = Counter()

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        self.tries[address] += 1
        first = self.tries[address] == 1
        if address.startswith("nobody"):
            return "550 5.1.1 no such user here"
        if address.startswith("busy") and first:
            return "451 4.3.0 come back later"
        if address.startswith("slow"):
            await asyncio.sleep(4)
        if address.startswith("dropped") and first:
            server.transport.abort()
            return "421 4.3.0 gone"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=policy.default)
        text = mail.get_body(preferencelist=("plain",)).get_content()
        print(json.dumps({"to": envelope.rcpt_tos, "subject": mail["subject"], "text": text}), flush=True)
        return "250 2.0.0 taken"


moods = Moods()  # one for all connections


async def serve():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(moods, hostname="mail.test"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)  # until whoever started it is gone


asyncio.run(serve())
