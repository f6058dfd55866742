"""Where each unit leaves its returns: `places.yml` of the home, valid or not used.

Credentials never stand in the file: it names the environment variables that hold them.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from jsonschema import Draft202012Validator

from expectations.registry import units
from orchestration.settings import Home, variable

SCHEMA = Path(__file__).with_name("places.schema.json")


class PlacesError(ValueError):
    """`places.yml` is missing or says something that cannot be used; the text says what."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """One unit's place; the three `_env` are names of environment variables."""

    unit_code: str
    url: str
    user_env: str | None = None
    password_env: str | None = None
    key_env: str | None = None

    @property
    def scheme(self) -> str:
        """What kind of place: file, sftp, http, https, dav or davs."""
        return urlsplit(self.url).scheme

    def secret(self, name: str) -> str | None:
        """The value of `user`, `password` or `key`; None where the place needs none.

        Raises:
            PlacesError: the variable named in the file is not set.
        """
        named = {"user": self.user_env, "password": self.password_env, "key": self.key_env}[name]
        if named is None:
            return None
        value = variable(named)
        if not value:
            raise PlacesError(f"环境变量 {named} 没有设置，{self.unit_code} 的取件要用它")
        return value


def places(home: Home) -> list[Place]:
    """The places of the home, in the order of the file.

    Raises:
        PlacesError: no file, no YAML, not as the schema says, or a unit that does not exist.
    """
    path = home.places
    try:
        stated = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PlacesError(
            f"{path} 不存在：请为每个单位写明取件位置，如 places: {{TWN03: {{url: file:///共享目录}}}}"
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise PlacesError(f"{path} 不是有效的 YAML：请检查缩进、冒号和编码（UTF-8）") from None
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for error in Draft202012Validator(schema).iter_errors(stated):
        # only where: the wrong value may be a password
        where = ".".join(str(p) for p in error.absolute_path) or "文件开头"
        raise PlacesError(
            f"{path} 的 {where} 不合格式：每个单位一项，只有 url 和 user_env、password_env、"
            "key_env（环境变量名）；url 中不得写用户名和密码"
        )
    known = {u.unit_code for u in units()}
    if strange := [code for code in stated["places"] if code not in known]:
        raise PlacesError(f"{path} 中的 {'、'.join(strange)} 不是登记的单位代码")
    return [Place(unit_code=code, **entry) for code, entry in stated["places"].items()]
