select claim_id, customer_id, amount, reported_on
from {{ ref('raw_claims') }}
