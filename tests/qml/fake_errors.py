"""Errors as ternd sends them: "CODE: sentence" as message, and the whole error (a{sv}) after it."""
import dbus.exceptions
import dbus.lowlevel
import dbus.service

NAME = "org.ternvpn.Engine1"
_reply_simply = dbus.service._method_reply_error


class Refusal(dbus.exceptions.DBusException):
    """What the window has in its catalogue it says in its own words; `args` fill them in."""

    def __init__(self, code, *args, sentence="(of ternd)", remedy="(of ternd)"):
        super().__init__(f"{code}: {sentence}", name=NAME + ".Error")
        self.whole = dbus.Dictionary({"code": code, "sentence": sentence, "remedy": remedy, "detail": "",
                                      "args": dbus.Array(list(args), signature="s")}, signature="sv")


def _reply(connection, message, exception):
    if not isinstance(exception, Refusal):
        _reply_simply(connection, message, exception)
        return
    reply = dbus.lowlevel.ErrorMessage(message, exception.get_dbus_name(), exception.get_dbus_message())
    reply.append(exception.whole, signature="a{sv}")
    connection.send_message(reply)


# dbus-python has no way to send more than a message with an error.
dbus.service._method_reply_error = _reply
