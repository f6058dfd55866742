"""What stood in the way of fetching, in words of the one who has to mend it.

Errors come from four libraries; only their kind is told, for their texts may hold a name or a URL.
"""

from http import HTTPStatus

from orchestration.collect.places import PlacesError
from orchestration.collect.remote import CutError

REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED)
GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


def is_final(error: Exception) -> bool:
    """Whether trying again at once cannot help."""
    return isinstance(error, PlacesError) or _kind(error) in ("refused", "gone", "host")


def told(error: Exception) -> str:
    """The trouble in one line."""
    if isinstance(error, PlacesError | CutError):
        return str(error)
    return {
        "refused": "对方拒绝登录或读取：请核对用户、密码、密钥和读取权限",
        "gone": "目录或文件不存在：请核对 places.yml 中的路径，或共享目录是否已挂载",
        "host": "主机公钥与 known_hosts 不符：请先核实服务器身份，再更新 known_hosts",
        "full": "本机磁盘已满：请清理后再取",
    }.get(
        _kind(error),
        f"连接不上或中途断开（{type(error).__name__}）：下次再取，请检查网络和对方服务",
    )


def _kind(error: Exception) -> str:
    status = getattr(error, "status", None)
    status = status or getattr(getattr(error, "response", None), "status_code", None)
    name = type(error).__name__
    if name == "HostKeyNotVerifiable":
        return "host"
    if status in REFUSED or name in ("PermissionDenied", "PermissionError"):
        return "refused"
    if status in GONE or isinstance(error, FileNotFoundError | NotADirectoryError):
        return "gone"
    return "full" if getattr(error, "errno", None) == 28 else "other"
