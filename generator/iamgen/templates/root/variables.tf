{% for variable in variables %}

variable {{ variable.name }} {
  type        = set(string)
  description = {{ variable.description }}
  default     = []

  validation {
    condition     = alltrue([for name in {{ variable.value }} : can(regex("^[A-Za-z0-9+=,.@_-]{1,64}$", name))])
    error_message = "Each name must be 1 to 64 characters out of A-Z, a-z, 0-9 and +=,.@_-."
  }

  validation {
    condition     = length(distinct([for name in {{ variable.value }} : lower(name)])) == length({{ variable.value }})
    error_message = "IAM user names must differ in more than case."
  }
}
{% endfor %}
