from flask import Blueprint

bp = Blueprint("rehire", __name__)
