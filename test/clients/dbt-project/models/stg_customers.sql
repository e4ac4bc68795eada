select customer_id, md5(email) as email_hash
from {{ ref('raw_customers') }}
