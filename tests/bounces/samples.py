"""Mail that comes back, as many servers write it."""

DSN = """\
Return-Path: <>
From: MAILER-DAEMON@mx.post.example (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B1"

--B1
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.post.example. It could not be delivered.

--B1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.post.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {answer}

--B1
Content-Type: text/rfc822-headers

From: alumni@sundmark.example
To: {address}
Message-ID: {message_id}

--B1--
"""
ARF = """\
From: <fbl@post.example>
To: {to}
Subject: FW: Nytt fran oss
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="B2"

--B2
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report.

--B2
Content-Type: message/feedback-report

Feedback-Type: {said}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <{mail_from}>
Original-Rcpt-To: <{address}>

--B2
Content-Type: message/rfc822
Content-Disposition: inline

From: <alumni@sundmark.example>
Message-ID: {message_id}
Subject: Nytt fran oss

Hej!
--B2--
"""
AUTO_REPLY = """\
From: Anna Ek <anna0@post.example>
To: {to}
Subject: Re: Nytt fran oss
Auto-Submitted: auto-replied (vacation)

Jag ar borta till mandag. 550 5.1.1 user unknown
"""
#: A server of before RFC 3464, whose ways only experience knows.
QMAIL = """\
From: MAILER-DAEMON@old.example
To: {to}
Subject: failure notice

Hi. This is the qmail-send program at old.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{address}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

From: alumni@sundmark.example
"""
EXIM = """\
From: Mail Delivery System <Mailer-Daemon@relay.example>
To: {to}
X-Failed-Recipients: {address}
Auto-Submitted: auto-replied
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {address}
    retry timeout exceeded
"""
_SOUND = {
    "to": "b@studs.sundmark.example",
    "address": "anna0@post.example",
    "action": "failed",
    "status": "5.1.1",
    "answer": "550 5.1.1 User unknown",
    "message_id": "<x@elsewhere.example>",
    "mail_from": "alumni@sundmark.example",
    "said": "abuse",
}


def written(sample: str, **more: str) -> bytes:
    return sample.format(**{**_SOUND, **more}).replace("\n", "\r\n").encode()
