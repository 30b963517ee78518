from flask import Blueprint

bp = Blueprint("exit_interviews", __name__)
