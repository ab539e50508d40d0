"""The pages of the accounts: one's own, the people, the audit trail."""

from khoithong.office.accounts.views.own import locked_out

__all__ = ["locked_out"]
