#!/bin/bash --login
# Puts the secrets of a namespace into the environment and becomes the service.
set -e

export CHAMBER_AWS_REGION="${CHAMBER_AWS_REGION:-<<AWS_REGION>>}"
export AWS_SECRETS_NAMESPACE="${AWS_SECRETS_NAMESPACE:-projects/<<PACKAGE>>/prod}"

exec chamber exec "$AWS_SECRETS_NAMESPACE" -- run-<<PACKAGE>>
