"""A server that is further away: `far_away.py PORT TO SECONDS` answers a round trip later."""

import asyncio
import sys

PORT, TO, ROUND_TRIP = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Hand on what comes, half a round trip later."""
    loop = asyncio.get_running_loop()
    while data := await reader.read(1 << 18):
        loop.call_later(ROUND_TRIP / 2, writer.write, data)
    loop.call_later(ROUND_TRIP / 2, writer.close)


async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Join a caller with the server, both ways."""
    there, back = await asyncio.open_connection("127.0.0.1", TO)
    await asyncio.gather(pump(reader, back), pump(there, writer), return_exceptions=True)


async def main() -> None:
    """Listen until killed."""
    server = await asyncio.start_server(client, "127.0.0.1", PORT)
    await server.serve_forever()


asyncio.run(main())
